import type { Piece } from '../documents/document.ts';

/** A piece as people call it: by its path on the customer's machine where that is known, and not by the directory that it was put into. */
export const pieceName = ({ file, path }: Piece): string => (path.endsWith(`/${file}`) ? file : path);
