/** What the page's script needs of the DOM, and no more: the harness itself is compiled without a browser's types. */
export interface PageElement {
  readonly id: string;
  readonly dataset: Record<string, string | undefined>;
  readonly classList: {
    toggle(name: string, force?: boolean): void;
    contains(name: string): boolean;
  };
  readonly textContent: string | null;
  readonly clientWidth: number;
  readonly offsetHeight: number;
  readonly style: { setProperty(name: string, value: string): void };
  scrollTop: number;
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
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number; readonly left: number };
  setAttribute(name: string, value: string): void;
  focus(options?: { preventScroll?: boolean }): void;
  scrollIntoView(options?: { block?: 'start' | 'center' | 'nearest' }): void;
}

export interface PageEvent {
  readonly target: PageElement | null;
  readonly key?: string;
  preventDefault(): void;
}

export interface PageDocument {
  readonly documentElement: PageElement;
  getElementById(id: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(type: string, listener: (event: PageEvent) => void, capture?: boolean): void;
}

export interface PageWindow {
  readonly location: { readonly hash: string };
  readonly history: {
    pushState(state: null, unused: string, url: string): void;
    replaceState(state: null, unused: string, url: string): void;
  };
  addEventListener(type: string, listener: () => void): void;
}
