#!/bin/sh
set -eu
exec docker run -d \
  --name gitlab-runner \
  --env-file /etc/default/egress \
  -v /srv/gitlab-runner/config:/etc/gitlab-runner \
  gitlab/gitlab-runner:alpine
