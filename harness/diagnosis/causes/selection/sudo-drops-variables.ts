import type { LogLine, Picture } from '../../picture/picture.ts';
import { jobProxy, jobsSeen } from '../_jobs.ts';
import { printedBy, wentDirect } from '../_log-errors.ts';
import type { Cause } from '../cause.ts';

/** A command by sudo that keeps none of the variables. */
const SUDO = /\bsudo\s+(?!.*(?:-\w*E\b|--preserve-env|_proxy=))(?:-\w+\s+)*([\w./-]+)/i;

export const sudoDropsVariablesCause: Cause = {
  id: 'selection/sudo-drops-variables',
  severity: 'error',
  title: 'sudo takes the proxy variables away from the command.',
  seen: 'A script runs a command by sudo without -E, the environment has proxies, and the command could not connect. Not where sudoers keeps the variables (env_keep), or where apt has a proxy of its own.',
  fix: 'sudo -E, or env_keep in sudoers.',
  symptoms: ['apt-get or docker fails with sudo, works without'],
  find: (picture) => {
    const proxied =
      jobsSeen(picture).some(jobProxy) ||
      picture.effective('shell').some(({ variable }) => variable !== 'NO_PROXY') ||
      picture.effective('dump').some(({ variable }) => variable !== 'NO_PROXY');
    const failed = printedBy(picture.lines, SUDO).find(({ text }) => !/^\s*\$ /.test(text) && wentDirect(text));
    const echoed = failed && commandAbove(picture, failed);
    const [, command = ''] = SUDO.exec(echoed?.text ?? '') ?? [];
    if (!proxied || !echoed || command === '' || keptElsewhere(picture, command)) return [];
    const inScript = jobsSeen(picture)
      .flatMap(({ script }) => script)
      .find(({ text }) => echoed.text.includes(text.trim()));
    const { file, line } = inScript ?? echoed;
    return [
      {
        file,
        line,
        at: 'sudo',
        says: `sudo takes HTTP_PROXY and its like away, so ${command} goes direct, and cannot connect.`,
        remedy: {
          says: `Write sudo -E ${command} …, or have sudoers keep the variables (Defaults env_keep += "http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY").`,
        },
      },
    ];
  },
};

/** The echo of the command that printed a line. */
const commandAbove = ({ lines }: Picture, { file, line }: LogLine): LogLine | undefined =>
  lines.findLast((each) => each.file === file && each.line < line && /^\s*\$ .*\bsudo\b/.test(each.text));

/** Whether the command's proxy comes from elsewhere. */
const keptElsewhere = (picture: Picture, command: string): boolean =>
  jobsSeen(picture).some(({ script }) => script.some(({ text }) => /env_keep|Acquire::https?::proxy/i.test(text))) ||
  (/^apt/.test(command) && picture.all('tool').some(({ tool }) => tool === 'apt'));
