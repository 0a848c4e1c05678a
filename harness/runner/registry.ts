import { driver } from './driver/definition.ts';
import { gitlabPythonRunner } from './gitlab-python-runner/definition.ts';
import { gitlabRunner } from './gitlab-runner/definition.ts';
import { gitlabRunnerRs } from './gitlab-runner-rs/definition.ts';
import { reference } from './reference/definition.ts';

/** Every kind of subject. Schemas, option texts and messages follow from this list. */
export const subjects = [gitlabRunner, gitlabPythonRunner, gitlabRunnerRs, driver, reference] as const;
