/** `npm run security-cases`: writes docs/security-cases.md anew from the cases and the tests that cite them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './checks/run-checks'
import { findCitations } from './security/citations'
import { securityPage } from './security/security-page'

writeFileSync(join(repositoryRoot, 'docs/security-cases.md'), securityPage(findCitations(repositoryRoot)))
console.log('Written: docs/security-cases.md')
