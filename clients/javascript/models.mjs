// Uses the endpoints of a server with local models by the official JavaScript client.

import assert from 'node:assert/strict'
import { Ollama } from 'ollama'

const client = new Ollama({ host: process.argv[2] })
const model = 'llama3.2:3b'
const messages = [{ role: 'user', content: 'Why is the sky blue?' }]
const collect = async iterator => {
  const parts = []
  for await (const part of await iterator) parts.push(part)
  return parts
}
const names = async () => (await client.list()).models.map(each => each.name)

if (client.version) assert.match((await client.version()).version, /^\d/)
assert.equal((await collect(client.pull({ model: 'qwen3:1.7b', stream: true }))).at(-1).status, 'success')
assert.ok((await names()).includes('qwen3:1.7b'))
assert.ok((await client.show({ model })).capabilities.includes('completion'))
assert.ok((await client.chat({ model, messages })).message.content)
const parts = await collect(client.chat({ model, messages, stream: true }))
assert.ok(parts.length > 1 && parts.at(-1).done)
assert.ok((await client.generate({ model, prompt: 'Hi' })).response)
const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'The weather',
      parameters: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
    },
  },
]
assert.equal((await client.chat({ model, messages, tools })).message.tool_calls[0].function.name, 'get_weather')
assert.ok((await client.chat({ model: 'qwen3:0.6b', messages, think: true })).message.thinking)
assert.equal((await client.embed({ model: 'all-minilm:22m', input: ['a', 'b'] })).embeddings.length, 2)
await client.copy({ source: model, destination: 'mine' })
assert.ok((await names()).includes('mine:latest'))
await client.delete({ model: 'mine' })
assert.ok(!(await names()).includes('mine:latest'))
assert.ok((await client.ps()).models.length)
assert.equal((await client.create({ model: 'derived', from: model, system: 'Be brief.' })).status, 'success')
await assert.rejects(client.chat({ model: 'unknown', messages }), error => error.status_code === 404)
process.exit(0)
