/**
 * What a line says that names the status 429, or its phrase. The figures alone may stand for something else: the
 * milliseconds of a time of day (18:26:01.429), a duration (429 ms), a part of another number or name.
 */
export const NAMES_LIMIT =
  /(?<![\w-]|\d[.,:])429(?![\w-]|[.,:]\d|\s(?:ms|milliseconds?|s|seconds?|bytes)\b)|too many requests/i;
