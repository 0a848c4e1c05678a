import { splitUrl } from '../../../url/index.ts';
import { dindOf } from '../_dind.ts';
import { type JobSeen, jobProxy, jobsSeen, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';

const FLAG = 'FF_NETWORK_PER_BUILD';

export const bridgeOverlapCause: Cause = {
  id: 'dind/bridge-overlap',
  severity: 'warning',
  title: "dind's own docker0 has the host's addresses, so the proxy at 172.17.0.1 is out of reach from its containers.",
  seen: 'The proxy is 172.17.0.x, and the dind service is on a network of its own (FF_NETWORK_PER_BUILD, or network_mode with a name) without --bip: its daemon then takes 172.17.0.0/16 itself. On the default bridge it takes another network.',
  fix: 'command = ["--bip=192.168.99.1/24"] for the service, or another address for the proxy.',
  symptoms: ['Failed to connect to 172.17.0.1 port 3128 in a RUN step'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const dind = dindOf(job);
      const proxy = jobProxy(job);
      if (!dind || !proxy || !/^172\.17\.\d+\.\d+$/.test(splitUrl(proxy.value.trim()).host) || !hasOwnNetwork(job))
        return [];
      const { service } = dind;
      if (
        service.command.some((each) => /--bip|--bridge|default-address-pool/.test(each)) ||
        job.runner?.volumes.some((each) => /daemon\.json|\/etc\/docker\b/.test(each))
      )
        return [];
      return [
        {
          file: service.file,
          line: service.line,
          at: service.name,
          says: `This service is on a network of its own, so its daemon takes 172.17.0.0/16 for its own docker0: what it builds and runs cannot reach the proxy of the host at ${splitUrl(proxy.value.trim()).host}.`,
          remedy: { says: 'Give the service command = ["--bip=192.168.99.1/24"], or the proxy another address.' },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};

function hasOwnNetwork({ runner, variables }: JobSeen): boolean {
  const mode = runner?.networkMode ?? '';
  if (mode !== '') return !/^(?:bridge|default|host|none)$|^container:/.test(mode);
  return (runner?.featureFlags.includes(FLAG) ?? false) || /^(?:true|1)$/i.test(variables.get(FLAG)?.value ?? '');
}
