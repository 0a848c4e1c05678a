# Fetches URLs with net/http, each in an environment of its own: a question a line, an answer a line.
require 'json'
require 'net/http'
require 'openssl'

LIMIT_SECONDS = 8

def answer(question)
  uri = URI(question['url'])
  options = { use_ssl: uri.scheme == 'https', verify_mode: OpenSSL::SSL::VERIFY_NONE,
              open_timeout: LIMIT_SECONDS, read_timeout: LIMIT_SECONDS, max_retries: 0 }
  Net::HTTP.start(uri.hostname, uri.port, options) { |http| http.get(uri.request_uri) }
  ''
rescue StandardError => e
  "#{e.class}: #{e.message}".tr("\n", ' ')[0, 200]
end

$stdout.sync = true
$stdin.each_line do |line|
  question = JSON.parse(line)
  child = fork do
    ENV.replace(question['environment']) if question.key?('environment')
    puts answer(question)
    exit!(0)
  end
  Process.wait(child)
end
