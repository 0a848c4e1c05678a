export { PlanEngine, type PlannedTurn } from './engine.ts';
export { giveAnswer } from './give-answer.ts';
export { giveMisfortune } from './give-misfortune.ts';
