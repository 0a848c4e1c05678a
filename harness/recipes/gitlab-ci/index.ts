export { type CiJobNode, jobNodes } from './jobs.ts';
export { type CiList, type CiMap, type CiNode, type CiText, emptyMap, merged, textOf, under } from './node.ts';
export { type ParsedCi, parseCi } from './parse.ts';
export { type CiService, type CiVariable, ciImage, ciServices, ciVariables, textsOf } from './readers.ts';
export { type ScriptText, scriptTexts } from './script.ts';
