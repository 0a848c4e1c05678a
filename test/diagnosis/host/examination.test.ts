import { expect, it } from 'vitest';
import { EXAMINATION_SCRIPT, examinationMarks, examined } from '../../../harness/diagnosis/host/examination.ts';
import { Story } from '../../scenarios/_builder.ts';

const NEXT = '\u001e';
const COMMANDS = EXAMINATION_SCRIPT.split('\n').map((line) => line.split(' 2>/dev/null')[0] ?? '');

/** What the script prints when each command prints its answer, or fails where there is none. */
const printed = (answers: Readonly<Record<string, string>>): string =>
  COMMANDS.map((command) => `${answers[command] ?? ''}${command in answers ? 0 : 1}${NEXT}`).join('');

it('marks what each command printed, and nothing for one that failed', () => {
  const marks = examinationMarks(printed({ 'cat /etc/cntlm.conf': 'Username x\n', 'ss -ltnH': '' }));
  expect(marks).toEqual([
    ['examined:cat /etc/cntlm.conf', 'Username x\n'],
    ['examined:ss -ltnH', ''],
  ]);
});

it('is read from the record as it was marked', () => {
  const story = new Story();
  for (const [name, text] of examinationMarks(
    printed({
      'ip -4 -oneline addr show dev docker0': '2: docker0    inet 172.17.0.1/16 scope global docker0\n',
      'ss -ltnH': 'LISTEN 0 5 172.17.0.1:3128 0.0.0.0:*\n',
      'systemctl show --property=Environment docker': 'Environment=HTTP_PROXY=http://p:1\n',
    }),
  )) {
    story.mark(name, text);
  }
  const found = examined(story.evidence);
  expect(found).toMatchObject({ bridge: '172.17.0.1', listening: ['172.17.0.1:3128'] });
  expect(found.services.docker.shown).toBe('Environment=HTTP_PROXY=http://p:1\n');
  expect(found.files.cntlm).toBeUndefined();
});
