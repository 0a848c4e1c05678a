/** What a Docker engine said when it refused something, in the words of its clients. */
export function daemonMessage(error: unknown): string {
  const { json, message } = error as { json?: { message?: string }; message?: string };
  return `Error response from daemon: ${json?.message ?? message ?? String(error)}`;
}
