/** The user asked for something that cannot be understood or does not exist; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The machine lacks what was asked for; exit code 3. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}
