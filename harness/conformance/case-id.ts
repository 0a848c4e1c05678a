/** A scenario's id: its family and its name. */
export const SCENARIO_ID = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/** What stands in an id is shown on terminals and typed in shells: nothing that is invisible, and no bracket. */
const AXIS = String.raw`\[[^=[\]\p{C}]+=[^[\]\p{C}]*\]`;

/** An axis and its value, as they stand in a case's id: `[body=json]`. */
export const AXIS_IN_ID = new RegExp(`^${AXIS}$`, 'u');

/** A case's id: the scenario's, and every axis that is not at its default. */
export const CASE_ID = new RegExp(String.raw`^[a-z0-9-]+\/[a-z0-9-]+(?:${AXIS})*$`, 'u');
