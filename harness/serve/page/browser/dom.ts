import type { PageElement } from '../../../report/html/browser/dom.ts';

/** What the lab's page needs of the DOM beyond what report.html does: the harness is compiled without a browser's types. */
export interface LabElement extends PageElement {
  readonly localName: string;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly files?: ArrayLike<LabFile> | null;
  scrollTop: number;
  textContent: string;
  disabled: boolean;
  /** Of a link. */
  href: string;
  download: string;
  querySelector(selector: string): LabElement | null;
  querySelectorAll(selector: string): Iterable<LabElement>;
  closest(selector: string): LabElement | null;
  contains(other: LabElement | null): boolean;
  addEventListener(type: string, listener: (event: LabEvent) => void, options?: { passive?: boolean }): void;
  removeAttribute(name: string): void;
  append(child: LabElement): void;
  remove(): void;
  click(): void;
  select(): void;
}

export interface LabFile {
  readonly name: string;
  readonly size: number;
  text(): Promise<string>;
}

export interface LabEvent {
  readonly target: LabElement | null;
  readonly key?: string;
  /** Of a drag: what is dragged. */
  readonly dataTransfer?: { readonly types: readonly string[]; readonly files: ArrayLike<LabFile> } | null;
  /** Of a drag that leaves: where it goes; nothing where it leaves the page. */
  readonly relatedTarget?: LabElement | null;
  preventDefault(): void;
}

export interface LabDocument {
  readonly documentElement: LabElement;
  readonly body: LabElement;
  readonly activeElement: LabElement | null;
  title: string;
  getElementById(id: string): LabElement | null;
  querySelector(selector: string): LabElement | null;
  querySelectorAll(selector: string): Iterable<LabElement>;
  createElement(name: string): LabElement;
  execCommand(command: 'copy'): boolean;
  addEventListener(type: string, listener: (event: LabEvent) => void): void;
}

/** Where a page keeps something until its tab is closed. */
export interface TabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface LabWindow {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(state: null, unused: string, url: string): void };
  readonly sessionStorage: TabStorage;
  readonly navigator: { readonly clipboard?: { writeText(text: string): Promise<void> } };
  requestAnimationFrame(draw: () => void): void;
  addEventListener(type: string, listener: () => void): void;
}

/** Finds an element of the page's own shell. @throws when the shell has none of that id: the page is not whole */
export function part(page: LabDocument, id: string): LabElement {
  const found = page.getElementById(id);
  if (!found) throw new Error(`The page has no element ${id}.`);
  return found;
}
