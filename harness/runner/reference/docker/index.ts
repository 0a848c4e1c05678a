export { DockerExecutor, dockerWorkplace } from './executor.ts';
