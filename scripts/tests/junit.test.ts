import { describe, expect, it } from 'bun:test'
import { parseFailCount, parseJunit } from './junit'

const report = `<testsuites name="bun test" tests="4" failures="1" skipped="1">
  <testsuite name="a.test.ts" file="a.test.ts">
    <testcase name="passes &amp; more" classname="outer" time="0" file="a.test.ts" line="2" assertions="0" />
    <testcase name="skipped &quot;one&quot;" classname="outer" time="0" file="a.test.ts" line="3">
      <skipped />
    </testcase>
    <testcase name="fails" classname="outer" time="0" file="a.test.ts" line="4">
      <failure type="AssertionError" message="expect">text</failure>
    </testcase>
    <testcase name="deep" classname="inner" time="0" file="a.test.ts" line="5" />
  </testsuite>
</testsuites>`

describe('parseJunit', () => {
  it('counts what passed and failed, and names what was skipped', () => {
    expect(parseJunit(report)).toEqual({ passed: 2, failed: 1, skipped: ['a.test.ts: skipped "one"'] })
  })
})

describe('parseFailCount', () => {
  it('reads the number of failures from the last lines', () => {
    expect(parseFailCount(' 80 pass\n 3 fail\n 1 error\nRan 83 tests')).toBe(3)
  })

  it('is none where nothing was said', () => {
    expect(parseFailCount('')).toBe(0)
  })
})
