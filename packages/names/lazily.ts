/** Makes `create` run at the first call and never again: tables and segmenters cost nothing until a name needs them. */
export function lazily<Value>(create: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: create() }).value
}
