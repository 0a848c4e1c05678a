/**
 * Whether an error of a connection comes from the operating system: a client that leaves, in the middle of its request (the
 * record of its body says so) or of an answer, shows by ECONNRESET, by EPIPE where something is just written to it, and the
 * like. That breaks no rule of a request's grammar, unlike what a parser finds.
 */
export const isConnectionLost = (error: NodeJS.ErrnoException): boolean => error.syscall !== undefined;
