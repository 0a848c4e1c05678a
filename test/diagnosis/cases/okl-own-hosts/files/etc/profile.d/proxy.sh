export https_proxy=http://gate.acme.test:8080
export http_proxy=http://gate.acme.test:8080
export no_proxy=localhost,.acme.test
