/** A job request as a runner of version 17 sends it. */
export function jobRequest(port: number, token: string): string {
  const features = { variables: true, image: true, services: true, artifacts: true, cache: true, trace_reset: true };
  const body = JSON.stringify({
    info: {
      name: 'gitlab-runner',
      version: '17.11.4',
      platform: 'linux',
      architecture: 'amd64',
      executor: 'shell',
      features,
    },
    token,
    system_id: 's_0123456789ab',
    last_update: '',
  });
  return [
    'POST /api/v4/jobs/request HTTP/1.1',
    `Host: gitlab.test:${port}`,
    'User-Agent: gitlab-runner 17.11.4 (17-11-stable; go1.23.6 X:cacheprog; linux/amd64)',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Accept: application/json',
    'Content-Type: application/json',
    `Runner-Token: ${token}`,
    'X-Request-Id: 01JS0000000000000000000000',
    '',
    body,
  ].join('\r\n');
}
