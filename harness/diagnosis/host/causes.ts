import { readEnvironment } from '../../recipes/index.ts';
import { checkCntlmConf } from '../cntlm-conf/check.ts';
import { checkConfigToml } from '../config-toml/check.ts';
import type { Remark } from '../remark.ts';
import { checkDropIn } from '../systemd/check.ts';
import { checkLoaded } from '../systemd/loaded.ts';
import type { Examination } from './examination.ts';
import type { PageStep } from './page.ts';
import { CNTLM_PORT, PAGE_PATHS } from './paths.ts';

/** What is wrong with what a step of the page leaves on the machine, the gravest first. */
export const hostCauses: Readonly<Record<PageStep, (found: Examination) => readonly Remark[]>> = {
  cntlm: (found) => gravest(cntlmCauses(found)),
  docker: (found) => gravest(dropInCauses(found, 'docker', found.files.docker)),
  runner: (found) => gravest(dropInCauses(found, 'gitlab-runner', found.files.runner)),
  containers: ({ files }) => gravest(environmentCauses(files.config)),
  dind: ({ files }) => gravest([...noProxyCauses(files.config), ...dockerConfigCauses(files)]),
};

const GRAVITY: Readonly<Record<Remark['level'], number>> = { error: 0, warning: 1, note: 2 };

/** What is wrong with a line says more than what is wrong with the whole. */
const gravest = (remarks: readonly Remark[]): readonly Remark[] =>
  remarks
    .filter(({ level }) => level !== 'note')
    .sort((a, b) => GRAVITY[a.level] - GRAVITY[b.level] || Number(a.line === undefined) - Number(b.line === undefined));

const error = (says: string, fix: string): Remark => ({ level: 'error', says, fix });

function cntlmCauses({ files, bridge, listening }: Examination): Remark[] {
  if (files.cntlm === undefined) return [error(`There is no ${PAGE_PATHS.cntlm}.`, 'Write it as on the page.')];
  const remarks = checkCntlmConf(files.cntlm, bridge === undefined ? {} : { bridgeAddress: bridge });
  if (gravest(remarks).length > 0 || listening.includes(`${bridge}:${CNTLM_PORT}`)) return remarks;
  return [
    error(
      `${PAGE_PATHS.cntlm} is as it should be, but nobody listens on ${bridge}:${CNTLM_PORT}: cntlm was not restarted since, or it started before Docker had made docker0 and ended (“Cannot assign requested address”), which systemctl status does not show.`,
      'Run systemctl restart cntlm; to have it so after a reboot, let cntlm.service start After=docker.service.',
    ),
  ];
}

function dropInCauses(
  { services, bridge }: Examination,
  service: keyof Examination['services'],
  text?: string,
): Remark[] {
  const path = PAGE_PATHS[service === 'docker' ? 'docker' : 'runner'];
  if (text === undefined) {
    return [
      error(`There is no ${path}, so ${service} has no proxy.`, 'Write it as on the page, and restart the service.'),
    ];
  }
  const { shown, unset, running } = services[service];
  const remarks = [...checkDropIn(text), ...addressCauses(readEnvironment(text).assignments, bridge)];
  if (gravest(remarks).length > 0) return remarks;
  return [...remarks, ...checkLoaded(text, { service, shown, unset, running })];
}

/** A proxy on another address of the machine's than docker0's: there is nobody. */
function addressCauses(
  variables: readonly { readonly name: string; readonly value: string }[],
  bridge: string | undefined,
): Remark[] {
  return variables.flatMap(({ name, value }) => {
    const host = /^(?:[a-z]+:\/\/)?(\d+\.\d+\.\d+\.\d+)\b/i.exec(value)?.[1];
    if (bridge === undefined || host === undefined || host === bridge || !/^https?_proxy$/i.test(name)) return [];
    return [
      error(
        `${name} names ${host}, but docker0, where cntlm listens, is ${bridge}.`,
        'Write the address that `ip -4 -oneline addr show dev docker0` prints.',
      ),
    ];
  });
}

function environmentCauses(text: string | undefined): Remark[] {
  if (text === undefined) return [error(`There is no ${PAGE_PATHS.config}.`, 'Register a runner.')];
  if (!/^\s*environment\s*=/m.test(text)) {
    return [
      error(
        `${PAGE_PATHS.config} has no environment, so neither the helper nor the job has a proxy: the service's own variables do not reach containers.`,
        'Add environment and the hook to [[runners]], as on the page.',
      ),
    ];
  }
  if (!/^\s*pre_(clone|get_sources)_script\s*=/m.test(text)) {
    return [
      error(
        `${PAGE_PATHS.config} has no hook (pre_clone_script, from 15.9 on pre_get_sources_script), so nothing but the variables gives git its proxy, and for an http URL it reads http_proxy alone.`,
        'Add the hook to [[runners]], as on the page.',
      ),
    ];
  }
  // The page's own upper-case values have no scheme: that is no deviation from it.
  return checkConfigToml(text).filter(({ says }) => !says.includes('has no scheme'));
}

function noProxyCauses(text: string | undefined): Remark[] {
  if (text !== undefined && /\bNO_PROXY=[^"]*docker/.test(text)) return [];
  return [
    error(
      `environment in ${PAGE_PATHS.config} has no NO_PROXY with docker:2375,docker:2376: the docker CLI asks the proxy for the dind service, which cannot know that name.`,
      'Add "NO_PROXY=docker:2375,docker:2376" and the same as no_proxy.',
    ),
  ];
}

function dockerConfigCauses({ config, dockerConfig }: Examination['files']): Remark[] {
  const missing: Remark[] = [];
  if (dockerConfig === undefined) {
    missing.push(
      error(
        `There is no ${PAGE_PATHS.dockerConfig}, so the machine's docker CLI gives containers no proxy.`,
        'Write it as on the page.',
      ),
    );
  }
  if (config !== undefined && !/^\s*pre_build_script\s*=/m.test(config)) {
    missing.push(
      error(
        `${PAGE_PATHS.config} has no pre_build_script, so the docker CLI of a job finds no config.json and gives containers no proxy.`,
        'Add pre_build_script to [[runners]], as on the page, or the same as before_script of the job.',
      ),
    );
  }
  return missing;
}
