/** What is no host to any resolver, such as one with a quote or a space in it. */
export const isHost = (host: string): boolean => /^[\w.:-]+$/.test(host);

/** Whether a port is written as a number; one that is left out is none. */
export const isPort = (port: string | undefined): boolean => port === undefined || /^\d+$/.test(port);
