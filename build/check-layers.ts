import { checkLayers } from './layers/check.ts';

const wrong = checkLayers(new URL('..', import.meta.url).pathname);
for (const each of wrong) console.error(each);
if (wrong.length > 0) console.error(`${wrong.length} imports go against the order of layers.json.`);
process.exitCode = wrong.length > 0 ? 1 : 0;
