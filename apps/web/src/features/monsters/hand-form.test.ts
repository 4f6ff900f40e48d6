import { describe, expect, it } from 'bun:test'
import { statBlock } from '@innkeeper/tabletop/combat/roster-payloads'
import { emptyHandForm, toHandStats } from './hand-form'

describe('a creature by hand', () => {
  it('needs a name and hit points, and nothing else', () => {
    expect(toHandStats(emptyHandForm())).toBeNull()
    expect(toHandStats({ ...emptyHandForm(), name: '  ', maxHp: 5 })).toBeNull()
    const stats = toHandStats({ ...emptyHandForm(), name: ' Cultist ', maxHp: 9 })
    expect(stats).toEqual(statBlock.parse({ name: 'Cultist', maxHp: 9 }))
  })

  it('lets magic pass where only plain weapons are resisted', () => {
    const form = { ...emptyHandForm(), name: 'Gargoyle', maxHp: 52, areWeaponsPlain: true }
    const stats = toHandStats({ ...form, resistances: ['slashing', 'fire'], immunities: ['poison'] })
    expect(stats?.resistances).toEqual([{ type: 'slashing', nonmagical: true }, { type: 'fire' }])
    expect(stats?.immunities).toEqual([{ type: 'poison' }])
    expect(statBlock.safeParse(stats).success).toBe(true)
  })
})
