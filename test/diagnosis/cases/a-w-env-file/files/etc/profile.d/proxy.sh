export https_proxy=http://gate.plant.example:8888  # for people
export http_proxy=http://gate.plant.example:8888
