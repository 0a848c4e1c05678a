/** In a directory of drop-ins that is read, under a name that is not; one that was switched off by its name is meant so. */
export const isNamedWrongly = (path: string): boolean =>
  /(?:^|\/)(?:[\w@:.\\-]+\.)?service\.d\/[^/]+$/.test(path) &&
  !/(?:^|\/)[\w.-]+\.service\.conf\.d\//.test(path) &&
  !path.endsWith('.conf') &&
  !/\.(?:disabled?|off|inactive)$/i.test(path);
