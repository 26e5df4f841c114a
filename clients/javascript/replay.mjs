// Asks a replaying server for every recording with the official JavaScript client, and prints which ones were found.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ollama } from 'ollama'

const [host, folder] = process.argv.slice(2)
const client = new Ollama({ host })
const METHODS = {
  'POST /api/chat': 'chat',
  'POST /api/generate': 'generate',
  'POST /api/embed': 'embed',
  'POST /api/embeddings': 'embeddings',
  'POST /api/pull': 'pull',
  'POST /api/push': 'push',
  'POST /api/create': 'create',
  'POST /api/copy': 'copy',
  'DELETE /api/delete': 'delete',
  'POST /api/show': 'show',
  'GET /api/tags': 'list',
  'GET /api/ps': 'ps',
  'GET /api/version': 'version',
}
const STREAMED = ['chat', 'generate', 'pull', 'push', 'create']

async function outcome({ method, path, body }) {
  const name = METHODS[`${method} ${path}`]
  if (!name || !client[name]) return `cannot be expressed: no method for ${method} ${path.split('sha256')[0]}`
  let request
  try {
    request = body ? JSON.parse(body) : {}
  } catch {
    return 'cannot be expressed: the body is not JSON'
  }
  if (method === 'POST' && !body) return 'cannot be expressed: a request without a body'
  // The client asks for a single answer unless told otherwise, the server for a stream.
  if (STREAMED.includes(name)) request.stream ??= true
  try {
    const answer = await client[name](request)
    if (answer?.[Symbol.asyncIterator]) for await (const part of answer) void part
  } catch (error) {
    const message = String(error.message)
    if (message.startsWith('no answer for')) return `not found: ${message.slice(Math.max(0, message.indexOf('the nearest'))).split('; available answers')[0]}`
    return 'found'
  }
  return 'found'
}

for (const file of readdirSync(folder).filter(name => name.endsWith('.jsonl')).sort()) {
  const request = JSON.parse(readFileSync(join(folder, file), 'utf8').split('\n', 1)[0]).request
  if (typeof request.body !== 'string') delete request.body
  console.log(`${file.replace('.jsonl', '')}\t${await outcome(request)}`)
}
process.exit(0)
