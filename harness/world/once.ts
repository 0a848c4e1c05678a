/** What is made when it is first asked for, once for all who ask; and what is known of it by then. */
export class Once<T> {
  readonly #make: () => Promise<T>;
  #made: Promise<T> | undefined;
  #value: T | undefined;
  #failure: string | undefined;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  /** What was made, once it has been. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why it could not be made, once that is known. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** @throws what making it throws, to everybody who asks */
  readonly get = (): Promise<T> => {
    this.#made ??= this.#make().then(
      (value) => {
        this.#value = value;
        return value;
      },
      (error: Error) => {
        this.#failure = error.message;
        throw error;
      },
    );
    return this.#made;
  };
}
