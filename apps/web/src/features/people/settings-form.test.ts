import { describe, expect, it } from 'bun:test'
import { emptyTable } from '../../testing/empty-table'
import { toSettingsForm, toTableEdit } from './settings-form'

describe('the settings of a table', () => {
  it('send only what somebody has changed', () => {
    const form = toSettingsForm(emptyTable)
    expect(toTableEdit(form, emptyTable)).toBeNull()
    form.name = '  '
    expect(toTableEdit(form, emptyTable)).toBeNull()
    form.name = ' Icespire '
    form.edition = '2024'
    form.houseRules.halfPoints = 'up'
    expect(toTableEdit(form, emptyTable)).toEqual({
      name: 'Icespire',
      edition: '2024',
      houseRules: { halfPoints: 'up' },
    })
    expect(emptyTable.houseRules.halfPoints).toBe('down')
  })
})
