import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { planBeyond } from '../../harness/reproduce/prove/beyond.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { registerCommand, registrationSays } from '../../harness/reproduce/trial/registration.ts';
import { bundle, CONFIG } from './_bundle.ts';

const SAYS =
  'ERROR: Registering runner... failed                 runner=w9kP3xZq status=couldn\'t execute POST against https://gitlab.com/api/v4/runners: Post "https://gitlab.com/api/v4/runners": dial tcp 198.51.100.8:443: i/o timeout\n';
const DROP_IN = {
  'etc/systemd/system/gitlab-runner.service.d/http-proxy.conf':
    '[Service]\nEnvironment="HTTPS_PROXY=http://proxy.corp.example:3128"\n',
};

function caseOf(terminal: string) {
  const diagnosis = diagnose(bundle({ ...DROP_IN, 'terminal.txt': terminal }));
  return { diagnosis, plan: planOf(diagnosis.picture) };
}

describe('a registration', () => {
  it('is tried as it was typed: with what the shell exported, and by sudo', () => {
    const typed =
      'ci@host:~$ export HTTPS_PROXY="http://proxy.corp.example:3128" LANG=C\nci@host:~$ sudo gitlab-runner register --url https://gitlab.com\n';
    const { plan } = caseOf(typed + SAYS);
    expect(plan.registers).toEqual({
      variables: { HTTPS_PROXY: 'http://proxy.corp.example:3128' },
      sudo: 'sudo',
      with: 'registration-token',
    });
    const command = registerCommand(plan.registers ?? never(), plan.gitlab.url, {
      runner: 'glrt-1',
      registration: 'r',
    });
    expect(command.split('\n')[0]).toBe("export HTTPS_PROXY='http://proxy.corp.example:3128'");
    expect(command).toMatch(/'sudo' 'gitlab-runner' 'register' .*'--registration-token' 'r'/);
  });

  it('has the token of a runner where the log says that one was verified', () => {
    const { plan } = caseOf(`# gitlab-runner register\n${SAYS.replace('Registering', 'Verifying')}`);
    expect(plan.registers).toEqual({ variables: {}, sudo: '', with: 'runner-token' });
  });

  it('is not tried where no log tells of one', () => {
    const { picture } = diagnose(bundle({ 'etc/gitlab-runner/config.toml': CONFIG }));
    expect(planOf(picture).registers).toBeUndefined();
  });

  it('is mended by variables in that shell, and by sudo that keeps them', () => {
    const { diagnosis, plan } = caseOf(`# gitlab-runner register\n${SAYS}`);
    const remedy = candidatesFor(diagnosis, plan).find(({ beyond }) => beyond?.what === 'registration') ?? never();
    expect(remedy.remedy).toContain('export HTTP_PROXY=http://proxy.corp.example:3128');
    expect(planBeyond(plan, [remedy]).registers).toMatchObject({
      sudo: 'sudo -E',
      variables: { HTTPS_PROXY: 'http://proxy.corp.example:3128' },
    });
    expect(planBeyond(plan, [])).toBe(plan);
  });

  it('says first why it failed, JSON or not', () => {
    const said = [
      '{"level":"fatal","msg":"Failed to register"}',
      '{"msg":"Registering runner... failed","status":"EOF"}',
    ];
    expect(registrationSays(said)).toEqual(['Registering runner... failed status=EOF', 'Failed to register']);
    expect(registrationSays(['PANIC', `\u001b[31;1m${SAYS}`])[0]).toBe(SAYS);
  });
});

function never(): never {
  throw new Error('There is no such thing in this case.');
}
