import type { PageDocument, PageElement, PageEvent } from '../../../html/browser/dom.ts';

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Makes one cell of each table the one that Tab goes to: arrow keys go on from there, to the names around the cells too. */
export function walkCells(page: PageDocument): void {
  for (const table of page.querySelectorAll('table.history')) {
    table.querySelector('a.cell')?.setAttribute('tabindex', '0');
    table.addEventListener('keydown', (event) => step(table, event));
  }
}

function step(table: PageElement, event: PageEvent): void {
  const by = STEPS[event.key ?? ''];
  const cell = event.target?.closest('a');
  if (!by || !cell) return;
  event.preventDefault();
  const next = nextCell(table, cell, by);
  if (!next) return;
  cell.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

/** The next cell in a direction; places without one are passed over. */
function nextCell(
  table: PageElement,
  from: PageElement,
  [rows, columns]: readonly [number, number],
): PageElement | undefined {
  const grid = [...table.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((place) => place.querySelector('a') ?? undefined),
  );
  let row = grid.findIndex((cells) => cells.includes(from));
  let column = grid[row]?.indexOf(from) ?? -1;
  for (;;) {
    row += rows;
    column += columns;
    const line = grid[row];
    if (!line || column < 0 || column >= line.length) return undefined;
    const found = line[column];
    if (found) return found;
  }
}
