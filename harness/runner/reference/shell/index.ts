export { ShellExecutor, shellWorkplace } from './executor.ts';
