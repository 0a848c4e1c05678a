/** What dockerd of the machine must be told, whatever the customer's daemon.json says: how it runs in a container. */
export interface DaemonSettings {
  readonly [key: string]: unknown;
}

/** A customer's daemon.json with what the machine needs; one that is no JSON stays as it is, and dockerd says so. */
export function withMachineSettings(text: string, own: DaemonSettings): string {
  const theirs = parsedObject(text);
  if (theirs === undefined) return text;
  return `${JSON.stringify({ ...theirs, ...own }, null, 2)}\n`;
}

/** An object of JSON; undefined for anything else. */
export function parsedObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
