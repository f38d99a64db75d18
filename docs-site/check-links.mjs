// Every link of the built pages leads to a page, a file or an anchor that is there.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const out = process.argv[2]
const pages = readdirSync(out, { recursive: true }).filter((file) => file.endsWith('.html'))
const ids = new Map()

function anchors(file) {
  if (!ids.has(file)) {
    ids.set(file, new Set([...readFileSync(file, 'utf8').matchAll(/ (?:id|name)="([^"]+)"/g)].map((match) => match[1])))
  }
  return ids.get(file)
}

let links = 0
const dead = []
for (const page of pages) {
  for (const [, href] of readFileSync(join(out, page), 'utf8').matchAll(/<a [^>]*href="([^"]+)"/g)) {
    if (/^[a-z]+:/i.test(href)) continue
    links++
    const [path, hash] = href.replace(/&amp;/g, '&').split('#')
    let file = path === '' ? join(out, page) : path.startsWith('/') ? join(out, path) : join(out, dirname(page), path)
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html')
    if (!existsSync(file)) dead.push(`${page}: ${href}`)
    else if (hash && file.endsWith('.html') && !anchors(file).has(decodeURIComponent(hash))) dead.push(`${page}: ${href} (no such anchor)`)
  }
}
console.log(`${pages.length} pages, ${links} links, ${dead.length} dead`)
dead.forEach((link) => console.log(link))
process.exit(dead.length > 0 || pages.length === 0 ? 1 : 0)
