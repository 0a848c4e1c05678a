/** What the page's script needs of the DOM, and no more: the harness itself is compiled without a browser's types. */
export interface PageElement {
  readonly id: string;
  readonly dataset: Record<string, string | undefined>;
  readonly classList: {
    toggle(name: string, force?: boolean): void;
    add(name: string): void;
    remove(name: string): void;
  };
  readonly textContent: string | null;
  innerHTML: string;
  hidden: boolean;
  /** Of a details element. */
  open: boolean;
  /** Of an input. */
  value: string;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  setAttribute(name: string, value: string): void;
  scrollIntoView(options?: { block?: 'start' | 'center' | 'nearest' }): void;
}

export interface PageEvent {
  readonly target: PageElement | null;
  readonly key?: string;
  preventDefault(): void;
}

export interface PageDocument {
  getElementById(id: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(type: string, listener: (event: PageEvent) => void, capture?: boolean): void;
}

export interface PageWindow {
  readonly location: { readonly hash: string };
  addEventListener(type: string, listener: () => void): void;
}
