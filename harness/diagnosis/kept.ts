/**
 * A function whose answers are kept as long as what they are about, such as one that many causes ask of the same picture.
 * @param make is called once for each
 */
export function kept<K extends object, V>(make: (about: K) => V): (about: K) => V {
  const known = new WeakMap<K, { readonly answer: V }>();
  return (about) => {
    const before = known.get(about);
    if (before) return before.answer;
    const answer = make(about);
    known.set(about, { answer });
    return answer;
  };
}
