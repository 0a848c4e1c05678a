/** What the page's script needs of the DOM, and no more: the harness itself is compiled without a browser's types. */
export interface MatrixElement {
  readonly id: string;
  readonly dataset: Record<string, string | undefined>;
  readonly outerHTML: string;
  textContent: string | null;
  hidden: boolean;
  /** Of an input. */
  readonly value: string;
  querySelector(selector: string): MatrixElement | null;
  querySelectorAll(selector: string): Iterable<MatrixElement>;
  closest(selector: string): MatrixElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  insertAdjacentHTML(where: 'afterend', html: string): void;
  remove(): void;
  addEventListener(type: string, listener: () => void): void;
}

export interface MatrixDocument {
  querySelector(selector: string): MatrixElement | null;
  querySelectorAll(selector: string): Iterable<MatrixElement>;
  addEventListener(type: string, listener: (event: { readonly target: MatrixElement | null }) => void): void;
}
