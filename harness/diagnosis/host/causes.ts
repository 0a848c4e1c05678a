import type { Bundle } from '../bundle/bundle.ts';
import { diagnose } from '../diagnose.ts';
import { type FoundCause, isGrave } from '../found-cause.ts';
import type { HostCause } from './host-cause.ts';
import { omissions } from './omissions.ts';
import type { PageStep } from './page.ts';
import { PAGE_PATHS } from './paths.ts';

/** The page's own upper-case values have no scheme: that is no deviation from it. */
const OF_THE_PAGE = 'value/scheme-missing';

/** What is wrong with what a step of the page leaves on a machine, the gravest first. */
export function hostCauses(step: PageStep, bundle: Bundle): readonly HostCause[] {
  const found = diagnose(bundle).findings.filter(
    (each) => isGrave(each) && each.cause !== OF_THE_PAGE && BELONGS[step](each),
  );
  return [...found.map(told), ...omissions(step, bundle)];
}

const told = ({ cause, file, line, says, remedy }: FoundCause): HostCause => ({
  id: cause,
  says: `${says} ${remedy.says} (${cause}, ${file}${line === undefined ? '' : `:${line}`})`,
});

const isIn = (path: string, { file }: FoundCause): boolean => `/${file}` === path;

/** In a unit's files; or in what systemctl says of several, and of this one. */
const isOfUnit =
  (unit: string) =>
  ({ file, says }: FoundCause): boolean =>
    file.includes(`/${unit}.service`) || (file === 'systemctl-show.txt' && new RegExp(`\\b${unit}\\b`).test(says));

const isOfCntlm = (each: FoundCause): boolean =>
  each.cause.startsWith('cntlm/') || each.cause === 'value/proxy-refuses-connection' || isIn(PAGE_PATHS.cntlm, each);

/** Which causes are of a step: those in its files. */
const BELONGS: Readonly<Record<PageStep, (each: FoundCause) => boolean>> = {
  cntlm: isOfCntlm,
  docker: isOfUnit('docker'),
  runner: isOfUnit('gitlab-runner'),
  containers: (each) => isIn(PAGE_PATHS.config, each),
  dind: (each) => isIn(PAGE_PATHS.config, each) || isIn(PAGE_PATHS.dockerConfig, each),
};
