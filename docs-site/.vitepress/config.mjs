import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// The pages are those of the source tree, where they are; nothing is copied but files that pages link to, into the output.
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const target = join(root, 'docs-site/target')
const linked = new Set()

/** As GitHub makes anchors of headings, which the links of the pages are written for. */
const slugify = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-')

const title = (file) =>
  readFileSync(join(root, file), 'utf8')
    .match(/^# +(.+)$/m)[1]
    .replace(/`/g, '')

const page = (file) => ({
  text: title(file),
  link: '/' + file.replace(/README\.md$/, '').replace(/\.md$/, '.html')
})

const group = (text, directory, collapsed = false) => ({
  text,
  collapsed,
  items: readdirSync(join(root, directory))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => page(`${directory}/${name}`))
})

/** Links between pages stay links between pages; other files of the tree are put below /files/. */
function links(md) {
  md.core.ruler.push('tree-links', (state) => {
    const here = state.env.path ? posix.relative(root, state.env.path) : state.env.relativePath
    for (const block of state.tokens) {
      for (const token of block.children ?? []) {
        const href = token.type === 'link_open' && token.attrGet('href')
        if (!href || /^[a-z]+:/i.test(href) || href.startsWith('#')) continue
        const [path, hash] = href.split('#')
        const target = posix.normalize(posix.join(posix.dirname(here), decodeURI(path)))
        const file = join(root, target)
        const directory = existsSync(file) && statSync(file).isDirectory()
        if (directory && !existsSync(join(file, 'README.md'))) {
          token.attrs = token.attrs.filter(([name]) => name !== 'href')
        } else if (directory) {
          token.attrSet('href', '/' + target.replace(/\/?$/, '/'))
        } else if (target.endsWith('.md') && !target.includes('/src/')) {
          token.attrSet('href', '/' + target.replace(/README\.md$/, '').replace(/\.md$/, '.html') + (hash ? '#' + hash : ''))
        } else {
          linked.add(target)
          token.attrSet('href', '/files/' + target)
          token.attrSet('target', '_blank')
        }
      }
    }
  })
}

export default {
  title: 'Tidemark',
  description: 'Kafka Connect plugins for Delta Lake',
  srcDir: root,
  outDir: join(target, 'site'),
  cacheDir: join(target, 'cache'),
  // The pages lie outside of the folder that has the libraries.
  vite: {
    resolve: {
      alias: [
        { find: 'vue/server-renderer', replacement: join(target, 'node_modules/vue/server-renderer') },
        { find: /^vue$/, replacement: join(target, 'node_modules/vue') }
      ]
    }
  },
  srcExclude: ['**/target/**', '**/node_modules/**', '**/src/**', 'docs-site/**', '*work/**'],
  rewrites: (id) => id.replace(/(^|\/)README\.md$/, '$1index.md'),
  // ./site looks at every link and anchor of the output instead.
  ignoreDeadLinks: true,
  lastUpdated: false,
  markdown: { anchor: { slugify }, toc: { slugify }, config: links },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'By task', link: '/docs/' },
      { text: 'Deploying', link: '/docs/operating/deploying.html' },
      { text: 'Errors', link: '/docs/reference/errors.html' },
      { text: 'Changes', link: '/CHANGELOG.html' }
    ],
    sidebar: [
      { text: 'Start', items: [{ text: 'What it is', link: '/' }, { text: 'By task', link: '/docs/' }, page('docs/quickstart.md'), page('docs/comparison.md')] },
      group('Coming from', 'docs/coming-from'),
      group('Operating', 'docs/operating'),
      group('Concepts', 'docs/concepts'),
      group('Reference', 'docs/reference'),
      {
        text: 'For developers',
        collapsed: true,
        items: ['docs/architecture.md', 'docs/testing.md', 'docs/benchmarks.md', 'CONTRIBUTING.md', 'SECURITY.md', 'RELEASING.md'].map(page)
      },
      group('Decisions', 'docs/decisions', true)
    ]
  },
  buildEnd(site) {
    for (const file of linked) {
      const to = join(site.outDir, 'files', file)
      mkdirSync(dirname(to), { recursive: true })
      cpSync(join(root, file), to)
    }
  }
}
