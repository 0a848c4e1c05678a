import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { EXAMINATION_SCRIPT, examinationMarks } from '../../diagnosis/host/examination.ts';

/** Looks at a machine as an administrator would who has to find out what is wrong, and marks what it finds. */
export async function examineHost({ world }: Pick<Stage, 'world'>, host: SystemdHost): Promise<void> {
  const { stdout } = await host.container.exec(['sh', '-c', EXAMINATION_SCRIPT]);
  for (const [name, printed] of examinationMarks(stdout)) world.mark(name, printed);
}
