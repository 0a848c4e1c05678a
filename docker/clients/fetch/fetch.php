<?php
// Fetches URLs with the curl extension and with streams, in the environment it was started with: a question a line,
// an answer a line.
const LIMIT_SECONDS = 8;

function by_curl(string $url): string
{
    $curl = curl_init($url);
    curl_setopt_array($curl, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_SSL_VERIFYPEER => false,
        CURLOPT_SSL_VERIFYHOST => 0,
        CURLOPT_TIMEOUT => LIMIT_SECONDS,
    ]);
    curl_exec($curl);
    return curl_error($curl);
}

function by_streams(string $url): string
{
    $context = stream_context_create([
        'http' => ['timeout' => LIMIT_SECONDS],
        'ssl' => ['verify_peer' => false, 'verify_peer_name' => false],
    ]);
    return @file_get_contents($url, false, $context) === false ? (error_get_last()['message'] ?? 'failed') : '';
}

if (($argv[1] ?? '') === '--version') {
    echo 'PHP ', PHP_VERSION, ', libcurl ', curl_version()['version'], "\n";
    exit(0);
}
while (($line = fgets(STDIN)) !== false) {
    ['client' => $client, 'url' => $url] = json_decode($line, true);
    $words = $client === 'php-curl' ? by_curl($url) : by_streams($url);
    echo substr(str_replace("\n", ' ', $words), 0, 200), "\n";
}
