import { checkNames } from './names/check.ts';

const wrong = checkNames(new URL('..', import.meta.url).pathname);
for (const each of wrong) console.error(each);
process.exitCode = wrong.length > 0 ? 1 : 0;
