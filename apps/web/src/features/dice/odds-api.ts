import type { AxiosInstance } from 'axios'
import type { Odds } from './odds'

/** @throws an axios error; a refused or too complex expression has its reason in the problem's `diceCode` */
export async function readOdds(http: AxiosInstance, expression: string): Promise<Odds> {
  return parseOdds((await http.get<unknown>('/api/dice/distribution', { params: { expression } })).data)
}

function parseOdds(answer: unknown): Odds {
  return answer as Odds
}
