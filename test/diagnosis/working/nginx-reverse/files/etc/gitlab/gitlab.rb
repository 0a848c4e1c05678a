external_url 'https://gitlab.example.com'
nginx['listen_port'] = 8181
nginx['listen_https'] = false
gitlab_rails['env'] = {
  "http_proxy" => "http://proxy.example.com:3128",
  "https_proxy" => "http://proxy.example.com:3128",
  "no_proxy" => "localhost,127.0.0.1,unix"
}
