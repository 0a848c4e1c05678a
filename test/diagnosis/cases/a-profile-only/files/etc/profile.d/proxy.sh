export https_proxy=http://gate.plant.example:8888
export http_proxy=$https_proxy
