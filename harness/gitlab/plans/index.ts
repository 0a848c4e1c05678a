export { PlanFollower, type PlannedTurn } from './follower.ts';
export { giveAnswer } from './give-answer.ts';
export { giveFailure } from './give-failure.ts';
