import { type LabDocument, type LabEvent, type LabFile, part } from './dom.ts';

/** Takes a file that is dropped anywhere on the page. */
export function startDrop(page: LabDocument, take: (file: LabFile) => void): void {
  const veil = part(page, 'drop');
  const hasFile = ({ dataTransfer }: LabEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
  const over = (event: LabEvent): void => {
    if (!hasFile(event)) return;
    event.preventDefault();
    veil.hidden = false;
  };
  page.addEventListener('dragenter', over);
  page.addEventListener('dragover', over);
  page.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) veil.hidden = true;
  });
  page.addEventListener('drop', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    veil.hidden = true;
    const [file] = Array.from(event.dataTransfer?.files ?? []);
    if (file) take(file);
  });
}
