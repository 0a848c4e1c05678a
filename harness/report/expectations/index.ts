export { expectationsFile, type WrittenExpectations } from './expectations-file.ts';
