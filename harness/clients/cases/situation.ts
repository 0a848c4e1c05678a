/** An environment, and the URLs that every client is asked for in it. */
export interface Situation {
  /** Whether it is about the variables and their values, or about NO_PROXY. */
  readonly group: 'variables' | 'no-proxy';
  /** What is peculiar about it; unique in its group. */
  readonly name: string;
  /** The proxy variables. Node's own switch, NODE_USE_ENV_PROXY, is added where nothing else is said. */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: readonly string[];
}

/** Whether the variables are written as clearly as can be: a client that starts slowly is asked in these. */
export const isPlain = ({ name }: Situation): boolean =>
  name.endsWith(': url') || name === 'none' || name === "the page's";
