import type { Picture } from '../../picture/picture.ts';
import { allScript, type JobSeen, jobProxy, jobsSeen, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { commandsOf, failureOf } from './_place.ts';

const JAVA = /(?:^|[\s;&|(/])(?:mvnw?|gradlew?|sbt|keytool|ant|java)(?:\s|$)/;
const GIVEN = /proxyHost/;
/** Settings that are not among the files may have a proxy, or name a mirror in reach. */
const SETTINGS = /\s(?:-s|--settings|-gs|--global-settings|-I|--init-script)[= ]\S/;

export const jvmIgnoresVariablesCause: Cause = {
  id: 'job-tools/jvm-ignores-variables',
  severity: 'error',
  title: 'Java reads no proxy variable, so Maven, Gradle and their like go direct.',
  seen: 'mvn, gradle, sbt or java in a job whose proxies are variables alone, and a failure to reach a repository; a note without one, as a mirror may be in reach. Not with proxyHost in MAVEN_OPTS, GRADLE_OPTS or JAVA_TOOL_OPTIONS, a <proxy> in settings.xml, or proxies in gradle.properties.',
  fix: 'JAVA_TOOL_OPTIONS with -Dhttp.proxyHost, -Dhttp.proxyPort, -Dhttps.proxyHost, -Dhttps.proxyPort and -Dhttp.nonProxyHosts="a|*.b".',
  symptoms: ['Connect to repo.maven.apache.org:443 failed: connect timed out', 'Unknown host repo.maven.apache.org'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      if (!jobProxy(job) || isGiven(job, picture)) return [];
      const line = commandsOf(job, picture).find(({ text }) => JAVA.test(text));
      if (!line) return [];
      const failed = failureOf(picture, JAVA);
      if (!failed && SETTINGS.test(line.text)) return [];
      return [
        {
          file: line.file,
          line: line.line,
          severity: failed ? 'error' : 'note',
          says: `Java reads none of the proxy variables: this command goes direct${failed ? `, and finds no way (${failed.file}:${failed.line})` : ''}.`,
          remedy: {
            says: 'Set JAVA_TOOL_OPTIONS: "-Dhttp.proxyHost=HOST -Dhttp.proxyPort=PORT -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT -Dhttp.nonProxyHosts=localhost|*.example", or <proxy> in settings.xml.',
          },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};

const isGiven = (job: JobSeen, picture: Picture): boolean =>
  GIVEN.test(allScript(job)) ||
  /<proxy>|settings\.xml/.test(allScript(job)) ||
  [...job.variables.values()].some(({ value }) => GIVEN.test(value)) ||
  picture
    .all('tool')
    .some(({ tool, entries }) =>
      tool === 'maven'
        ? entries.some(({ key }) => /^(?:proxy|mirror)\./.test(key)) &&
          !entries.some(({ key, value }) => /^proxy\.\d+\.active$/.test(key) && value === 'false')
        : tool === 'gradle' && entries.some(({ key }) => GIVEN.test(key)),
    );
