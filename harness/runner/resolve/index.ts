export { SubjectError } from './error.ts';
export { findProgram } from './program.ts';
export { resolveSubject } from './resolve.ts';
