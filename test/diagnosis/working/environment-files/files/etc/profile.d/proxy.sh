#!/bin/sh
# proxy for all logins
PROXY_URL="http://proxy.example.com:3128"
export http_proxy="$PROXY_URL"
export https_proxy="$PROXY_URL"
export HTTP_PROXY="$PROXY_URL" HTTPS_PROXY="$PROXY_URL"
export no_proxy="localhost,127.0.0.1,.example.com"
export NO_PROXY="$no_proxy"
