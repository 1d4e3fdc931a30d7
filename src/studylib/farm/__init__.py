"""
Many studies from one matrix: study files made, built side by side by Dask, listed once.

    matrix.toml  --matrix-->   study files  --cluster, task-->  reports/<study>/  --ending-->
                                                                reports/index.html, farm.json
"""
