export { PlanFollower, type PlannedTurn } from './follower.ts';
export { giveAnswer } from './give-answer.ts';
export { giveFailure, loseAnswer } from './give-failure.ts';
